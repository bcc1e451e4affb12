/** The colours of spectral previews. Lines of neighbouring orders alternate between the two of `lines`. */
export const spectrumColors = {
  lines: ['#1f4e8c', '#b3541e'],
  error: '#92b6dc',
  spread: '#d3e2f2',
  flagged: '#f4dddd',
  airglow: '#fdf3c4',
  grid: '#dddddd',
  frame: '#333333',
  text: '#222222',
  warning: '#c00000',
  empty: '#e6e6e6',
} as const;
