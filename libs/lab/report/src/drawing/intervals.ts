type Point = readonly [x: number | string, y: number | string];

interface RenderApi {
  value(dimension: number): number;
  coord(point: readonly number[]): [number, number];
}

/** The interval of a figure. */
export interface Whisker {
  readonly from: Point;
  readonly to: Point;
}

const endLength = 4;

/**
 * A series of lines that show how sure the dots beside them are.
 *
 * @param name of the series whose dots they belong to: both are shown and hidden together
 * @param offset in pixels
 */
export function intervals(
  name: string,
  color: string,
  whiskers: readonly Whisker[],
  offset: { readonly y?: number } = {},
) {
  return {
    type: 'custom',
    name,
    silent: true,
    z: 1,
    data: whiskers.map(({ from, to }) => [...from, ...to]),
    encode: { x: [0, 2], y: [1, 3] },
    renderItem: (_: unknown, api: RenderApi) => {
      const [x1, y1] = api.coord([api.value(0), api.value(1)]);
      const [x2, y2] = api.coord([api.value(2), api.value(3)]);
      const dy = offset.y ?? 0;
      const upright = Math.abs(x2 - x1) < Math.abs(y2 - y1);
      const [ex, ey] = upright ? [endLength, 0] : [0, endLength];
      const line = (ax: number, ay: number, bx: number, by: number) => ({
        type: 'line',
        shape: { x1: ax, y1: ay + dy, x2: bx, y2: by + dy },
        style: { stroke: color, lineWidth: 1.5 },
      });
      return {
        type: 'group',
        children: [
          line(x1, y1, x2, y2),
          line(x1 - ex, y1 - ey, x1 + ex, y1 + ey),
          line(x2 - ex, y2 - ey, x2 + ex, y2 + ey),
        ],
      };
    },
  };
}
