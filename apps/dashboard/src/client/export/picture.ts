import { saveBlob } from './save-file.ts';

/** A drawing that needs neither a style sheet nor a page around it. */
export interface Picture {
  readonly svg: string;
  /** In pixels of the screen. */
  readonly width: number;
  readonly height: number;
}

/** What a style sheet says about a picture, and a picture without one has to say itself. */
const PROPERTIES = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin'],
  ...['stroke-opacity', 'opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'visibility', 'display'],
  'paint-order',
];

/** Twice the size on the screen, for pages that are printed. */
const PNG_SCALE = 2;

/** A drawing of the page as it looks now, on the colour of the page. */
export function pictureOf(svg: SVGSVGElement): Picture {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [from, to] = [svg.querySelectorAll('*'), copy.querySelectorAll('*')];
  for (const [index, element] of [...from].entries()) {
    const style = getComputedStyle(element);
    for (const property of PROPERTIES) to[index]?.setAttribute(property, style.getPropertyValue(property));
    to[index]?.removeAttribute('class');
    to[index]?.removeAttribute('style');
  }
  const { width, height } = svg.getBoundingClientRect();
  copy.removeAttribute('class');
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(Math.round(width)));
  copy.setAttribute('height', String(Math.round(height)));
  const [x = 0, y = 0, w = width, h = height] = copy.getAttribute('viewBox')?.split(/[ ,]+/).map(Number) ?? [];
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  // A picture keeps its proportions: beside or below it there may be more to cover.
  const wide = { x: x - w, y: y - h, width: 3 * w, height: 3 * h };
  for (const [name, value] of Object.entries(wide)) ground.setAttribute(name, String(value));
  ground.setAttribute('fill', getComputedStyle(document.body).backgroundColor);
  copy.prepend(ground);
  return { svg: new XMLSerializer().serializeToString(copy), width, height };
}

export function downloadSvg({ svg }: Picture, name: string): void {
  saveBlob(new Blob([svg], { type: 'image/svg+xml' }), `${name}.svg`);
}

export function downloadPng({ svg, width, height }: Picture, name: string): void {
  const image = new Image();
  image.addEventListener('load', () => {
    const canvas = document.createElement('canvas');
    canvas.width = width * PNG_SCALE;
    canvas.height = height * PNG_SCALE;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => blob !== null && saveBlob(blob, `${name}.png`), 'image/png');
  });
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}
