/** How a picture is stored: `jpg` small, `png` with its 8-bit samples unchanged. */
export type PictureFormat = 'jpg' | 'png';
