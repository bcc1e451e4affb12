import type { Picture } from './picture.ts';

/** A picture in one size, with the comment that goes into its file. */
export interface CommentedPicture {
  readonly picture: Picture;
  readonly comment: string;
}

/** Draws the same image in several sizes. */
export interface PictureMaker {
  /** Draws it with a long side of `size` pixels. */
  thumbnail(size: number): CommentedPicture;
  /**
   * Draws it in its own size. A grey one is drawn into the memory of its pixels, so this comes last: nothing can be drawn after it.
   */
  full(): CommentedPicture;
}
