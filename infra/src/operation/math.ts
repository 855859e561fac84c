import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';

/**
 * Metric math of one technique. Graphs show several techniques, and in a graph no two metrics may bear one name:
 * so each name gets the technique's at its end.
 *
 * @param technique its name
 * @param expression of the metrics' names
 */
export function math(
  technique: string,
  expression: string,
  metrics: Readonly<Record<string, IMetric>>,
): MathExpression {
  const named = (name: string): string => `${name}_${technique.replace(/\W/g, '_')}`;
  return new MathExpression({
    expression: expression.replace(/[a-z]\w*/gi, (word) => (word in metrics ? named(word) : word)),
    usingMetrics: Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [named(name), metric])),
  });
}
