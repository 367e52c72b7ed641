/** Readable on any screen, light and dark, and on paper. Actors differ in lightness too, for eyes that see no hue. */
export const STYLE_SHEET = `
:root { color-scheme: light dark; --ink: #1b1f24; --faint: #5b6470; --line: #d5dae0; --page: #fff;
  --good: #17693a; --bad: #b3261e; --provider: #1f5fa8; --customer: #d98a00; --shared: #8e6bbf; --nobody: #aab2bc; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --faint: #9aa4b0; --line: #39414b; --page: #14181d;
  --good: #6fcf97; --bad: #ff8a80; --provider: #6aa9f0; --customer: #f2b84b; --shared: #b79be0; --nobody: #59626d; } }
body { margin: 2rem auto; max-width: 62rem; padding: 0 1rem; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1, h2, p, li, td:first-child { overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
p, ul { margin: .4rem 0; } .faint, footer, caption { color: var(--faint); }
.wide { overflow-x: auto; } .answer { font-size: 1.15rem; font-weight: 600; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 600; color: var(--faint); }
th, td { padding: .2rem .6rem .2rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.number { text-align: right; } .whole { display: inline-block; white-space: nowrap; } .good { color: var(--good); } .bad { color: var(--bad); }
svg { width: 100%; height: auto; } svg text { fill: currentColor; font: 12px system-ui, sans-serif; }
.grid { stroke: var(--line); } .apart { fill: var(--line); fill-opacity: .35; } .provider { fill: var(--provider); } .customer { fill: var(--customer); }
.shared { fill: var(--shared); } .nobody { fill: var(--nobody); } .serving { fill: none; stroke: var(--nobody); }
.mark { stroke: currentColor; stroke-dasharray: 3 3; }
.heat { fill: var(--customer); } .axis { font-weight: 600; } .legend { list-style: none; padding: 0; columns: 2; }
.swatch { width: 30px; height: 10px; } a { color: inherit; }
code { font: 13px ui-monospace, monospace; overflow-wrap: anywhere; }
@media (max-width: 48rem) { .wide > svg { min-width: 46rem; } .wide > table { min-width: 34rem; } .wide td:first-child { position: sticky; left: 0; max-width: 45vw; background: var(--page); } .legend { columns: 1; } }
@media print { .wide { overflow: visible; } .wide > svg, .wide > table { min-width: 0; } :root { color-scheme: light; --ink: #1b1f24; --faint: #5b6470; --line: #d5dae0; --page: #fff;
  --good: #17693a; --bad: #b3261e; --provider: #1f5fa8; --customer: #d98a00; --shared: #8e6bbf; --nobody: #aab2bc; }
  * { print-color-adjust: exact; } body { margin: 0; max-width: none; } h2 { break-after: avoid; } tr, svg { break-inside: avoid; } a[download] { display: none; } }
`;
