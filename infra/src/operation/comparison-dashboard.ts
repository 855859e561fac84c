import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';

import type { TechniqueFunction } from '../technique-function.ts';
import { panels } from './panels.ts';

/** A dashboard that compares the techniques: each has a line in every graph. */
export class ComparisonDashboard extends Construct {
  constructor(scope: Construct, id: string, techniques: readonly TechniqueFunction[]) {
    super(scope, id);
    const graphs = panels.flatMap(({ title, metric }) => {
      const left = techniques.flatMap(
        (technique) => metric(technique)?.with({ label: technique.node.id }) ?? [],
      );
      if (left.length === 0) return [];
      return new GraphWidget({ title, left, width: 8, height: 6, period: Duration.minutes(1) });
    });
    const dashboard = new Dashboard(this, 'Dashboard');
    dashboard.addWidgets(...graphs);
  }
}
