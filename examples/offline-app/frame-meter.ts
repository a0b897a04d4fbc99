/** Watches the page draw. The answer ends it and says how many frames there were, and the longest gap between two in ms. */
export function watchFrames(): () => { frames: number; longestGap: number } {
  let last = performance.now();
  let frames = 0;
  let longestGap = 0;
  let request = requestAnimationFrame(function drawn() {
    measure();
    frames++;
    request = requestAnimationFrame(drawn);
  });
  const measure = () => {
    const now = performance.now();
    longestGap = Math.max(longestGap, now - last);
    last = now;
  };
  return () => {
    cancelAnimationFrame(request);
    measure();
    return { frames, longestGap: Math.round(longestGap) };
  };
}
