/** A code that was found in a photograph. */
export interface Code {
  /** Name of the symbology as zxing-cpp writes it, such as `QRCode`, `DataMatrix`, `Code128`. */
  readonly symbology: string;
  /**
   * Content of the code, unaltered: bytes are read as UTF-8, or in the character set that the code declares or its bytes
   * suggest. Bytes that are no text stand as one character each (ISO 8859-1), and in `bytes` as base64.
   */
  readonly text: string;
  readonly bytes?: string;
}

/** One reading of a code by one decoder. */
export interface Reading extends Code {
  /** Share of the error correction that was not needed, 0 to 1. */
  readonly margin: number;
  /**
   * True when the decoder corrects errors and reports how many (Reed–Solomon): garbage passes for a code about once in a
   * million times. Codes of lines have a single check digit.
   */
  readonly corrected: boolean;
  /** Corners in the picture that was read, clockwise from the code's own top left, in shares of width and height. */
  readonly corners: readonly (readonly [x: number, y: number])[];
}
