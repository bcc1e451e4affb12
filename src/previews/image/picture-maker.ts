import type { Picture } from './picture.ts';

/** A picture in one size, with the comment that goes into its file. */
export interface CommentedPicture {
  readonly picture: Picture;
  readonly comment: string;
}

/** Draws the same image in any size: the long axis in pixels, zero or less for the size of the image. */
export type PictureMaker = (size: number) => CommentedPicture;
