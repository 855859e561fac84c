import { digits, milliseconds } from '@parallel-lambda/report';

/** Formats a number of messages or invocations with up to three significant digits. */
export function countText(count: number): string {
  if (count >= 999.5e9) return `${digits(count / 1e12, 3)} trillion`;
  if (count >= 999.5e6) return `${digits(count / 1e9, 3)} billion`;
  if (count >= 999.5e3) return `${digits(count / 1e6, 3)} million`;
  if (count >= 100) return Number(count.toPrecision(3)).toLocaleString('en');
  if (Number.isInteger(count) && count > 0) return String(count);
  if (count >= 0.95) return digits(count, 2);
  return count === 0 ? '0' : 'less than 1';
}

/** Formats a whole number, with up to three significant digits. */
export function wholeText(count: number): string {
  return count < 100 ? String(Math.round(count)) : countText(count);
}

/** Formats a number of messages, with the noun. */
export function messagesText(count: number): string {
  const text = countText(count);
  return `${text} ${text === '1' || text === '1.0' || text === 'less than 1' ? 'message' : 'messages'}`;
}

/** Formats seconds in milliseconds, seconds, minutes or hours. */
export function timeText(seconds: number): string {
  if (seconds < 120) return seconds === 0 ? '0' : milliseconds(seconds * 1000);
  if (seconds < 7200) return `${digits(seconds / 60, 3)} min`;
  return `${digits(seconds / 3600, 3)} h`;
}

/** Formats a second of the simulation as a time of the day that starts at 00:00:00. */
export function momentText(second: number): string {
  const parts = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** Formats US dollars. */
export function dollarText(amount: number): string {
  if (amount >= 1000) return `$${Number(amount.toPrecision(3)).toLocaleString('en')}`;
  return amount === 0 ? '$0' : `$${digits(amount, 3)}`;
}

/** Joins words: `a, b, and c`. */
export function listed(words: readonly string[]): string {
  return new Intl.ListFormat('en').format(words);
}
