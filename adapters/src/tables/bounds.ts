/**
 * What a table may be at most. A plant that enters two hundred thousand rows a year stays far below; whatever is above is
 * a mistake or an attack, and is refused before it costs memory.
 */
export const BOUNDS = {
  /** Bytes of the file as it was sent. */
  fileBytes: 64 * 1024 * 1024,
  /** Parts of an XLSX file: sheets, pictures, styles. */
  parts: 4096,
  /** Bytes of all parts that are read, inflated. */
  inflatedBytes: 512 * 1024 * 1024,
  /** Characters of the table of texts that the cells of an XLSX file share: it stays in memory. */
  sharedCharacters: 64 * 1024 * 1024,
  /** Rows of a sheet: as many as Excel has. */
  rows: 1_048_576,
  columns: 1024,
  /** Characters of a cell: as many as Excel takes. */
  cellCharacters: 32_767,
  /** Bytes of a record of a CSV file. */
  recordBytes: 1024 * 1024,
  /** Rows with content in which the header is looked for. */
  headerRows: 20,
} as const;
