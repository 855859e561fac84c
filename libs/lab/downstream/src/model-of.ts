import type { ServiceModel } from './service-model.ts';
import type { ServiceSetting } from './service-setting.ts';

/** Returns the model of a service that a setting describes. */
export function modelOf(setting: ServiceSetting): ServiceModel {
  const { latency, capacity, queue, slowdown = 0 } = setting;
  return {
    name: 'downstream',
    text: serviceText(setting),
    latencyMs: (inProgress) => latency * (1 + (slowdown / 100) * (inProgress - 1)),
    ...(capacity !== undefined && { capacity: () => capacity }),
    ...(queue !== undefined && { maxQueue: queue }),
  };
}

/** Describes a service in words: `50 ms, 20 at a time, others queue`. */
export function serviceText({ latency, capacity, queue, slowdown = 0 }: ServiceSetting): string {
  const others = queue === undefined ? 'others queue' : `${queue} queue, others are rejected with 429`;
  return [
    `${latency} ms`,
    ...(slowdown > 0 ? [`${slowdown}% slower with each further request`] : []),
    ...(capacity === undefined ? [] : [`${capacity} at a time, ${others}`]),
  ].join(', ');
}
