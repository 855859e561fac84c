import { Command, Option } from 'commander';

import { compare } from './compare.ts';
import { invoke } from './invoke.ts';
import { json, wholeNumber } from './options.ts';

/** The command line as data. Wrong options are thrown as `CommanderError`, after commander has said what is wrong. */
export function makeProgram(): Command {
  const program = new Command('lab')
    .description('Runs the built functions on this machine, as Lambda does.')
    .exitOverride()
    .showHelpAfterError('(lab --help tells more)');
  program
    .command('invoke')
    .description('Invokes a function: its response on stdout, its log and REPORT line on stderr.')
    .argument('<function>', 'promises, worker-threads, effect-fibers, or another of the stack')
    .addOption(
      new Option('--event <file>', 'the event, as JSON; - reads stdin').conflicts(['messages', 'body']),
    )
    .option('--messages <n>', 'send so many SQS messages (default: 100)', wholeNumber(1, 10_000))
    .option('--body <json>', 'the body of each message (default: {"wait":200})', json)
    .option('--workers <n>', 'messages in work at one time', wholeNumber(1, 10_000))
    .option('--threads <n>', 'threads of worker-threads', wholeNumber(1, 64))
    .addOption(memoryOption())
    .option('--timeout <s>', 'seconds (default: as in the template)', wholeNumber(1, 900))
    .addOption(runtimeOption())
    .option('--json', 'one object on stdout: response, error, log and report')
    .action(invoke);
  program
    .command('compare')
    .description('Compares the techniques, and one message after another, over a few workloads.')
    .option('--runs <n>', 'measure each so many times', wholeNumber(1, 100), 3)
    .addOption(memoryOption())
    .addOption(runtimeOption())
    .option('--json <file>', 'keep the measurements in a file')
    .action(compare);
  return program;
}

function memoryOption(): Option {
  return new Option('--memory <mb>', 'memory size (default: as in the template)').argParser(
    wholeNumber(128, 10_240),
  );
}

function runtimeOption(): Option {
  return new Option('--runtime <client>', 'the runtime client: own, or aws (npm i --no-save aws-lambda-ric)')
    .choices(['own', 'aws'])
    .default('own');
}
