/**
 * What work gives, or `late` where it takes longer than `ms` milliseconds; the work then goes on. Rejects as the work does.
 * Plain timers: an abortable wait costs more than the look at a file that it guards.
 */
export function within<T, Late>(work: Promise<T>, ms: number, late: Late): Promise<T | Late> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(late), ms);
    work.then(
      (result) => {
        clearTimeout(timer);
        resolve(result);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
