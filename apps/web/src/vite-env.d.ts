/// <reference types="vite/client" />

/** The part of `qrcode` that is used: the matrix alone, drawn by our own SVG. */
declare module 'qrcode' {
  export function create(
    text: string,
    options: { errorCorrectionLevel: 'L' | 'M' | 'Q' | 'H' },
  ): { modules: { size: number; data: Uint8Array } };
}
