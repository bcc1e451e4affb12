/** What a picture is made of: one image in grey, or two or three in colour. */
export type Channels<Value> =
  | { readonly kind: 'grey'; readonly grey: Value }
  | { readonly kind: 'two-colors'; readonly red: Value; readonly blue: Value }
  | {
      readonly kind: 'three-colors';
      readonly red: Value;
      readonly green: Value;
      readonly blue: Value;
    };

/** The images, longest wavelength first. */
export function channelValues<Value>(channels: Channels<Value>): readonly [Value, ...Value[]] {
  switch (channels.kind) {
    case 'grey':
      return [channels.grey];
    case 'two-colors':
      return [channels.red, channels.blue];
    case 'three-colors':
      return [channels.red, channels.green, channels.blue];
  }
}

/** The same with something else made of every image, one after another, longest wavelength first. */
export function mapChannels<From, To>(
  channels: Channels<From>,
  make: (value: From) => To,
): Channels<To> {
  switch (channels.kind) {
    case 'grey':
      return { kind: 'grey', grey: make(channels.grey) };
    case 'two-colors':
      return { kind: 'two-colors', red: make(channels.red), blue: make(channels.blue) };
    case 'three-colors':
      return {
        kind: 'three-colors',
        red: make(channels.red),
        green: make(channels.green),
        blue: make(channels.blue),
      };
  }
}
