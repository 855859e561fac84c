import '../threads-by-hand/thread.ts';
