/** Characters that separate the forms of EDN, by code. */
export const NEWLINE = 10;
export const SEMICOLON = 59;
export const SPACE = 1;
export const TOKEN_END = 2;

/** Of the first characters, which are space (commas are) and which end a token. */
const CLASSES = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  return (/[\s,]/.test(char) ? SPACE | TOKEN_END : 0) | (/[[\](){}";]/.test(char) ? TOKEN_END : 0);
});

/** Of all others, none ends a token and only odd kinds of space are space. */
export const classOf = (code: number): number =>
  code < 128 ? (CLASSES[code] as number) : /\s/.test(String.fromCharCode(code)) ? SPACE | TOKEN_END : 0;
