import test from 'ava';
import { pixelMemory } from '../../../src/previews/image/pixel-memory.ts';

test('memory is lent again after it was taken back, to an image that is as large or smaller', (t) => {
  const memory = pixelMemory();
  const { buffer } = memory.lend(100);
  memory.takeBack();
  const again = memory.lend(60);
  t.is(again.buffer, buffer);
  t.is(again.length, 60);
});

test('no two images are in the same memory', (t) => {
  const memory = pixelMemory();
  memory.lend(10);
  memory.takeBack();
  const buffers = [10, 10, 10].map((length) => memory.lend(length).buffer);
  t.is(new Set(buffers).size, 3);
});

test('memory that is too small, and what the last images did not need, is let go', (t) => {
  const memory = pixelMemory();
  const [small, large] = [memory.lend(10).buffer, memory.lend(100).buffer];
  memory.takeBack();
  t.is(memory.lend(50).buffer, large);
  memory.takeBack();
  t.not(memory.lend(10).buffer, small);
  memory.takeBack();
  const larger = memory.lend(200);
  t.is(larger.length, 200);
  t.not(larger.buffer, large);
});
