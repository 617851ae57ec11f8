/// FFmpeg behind a door: whoever opens a native handle here closes it, and only plain Java leaves.
@NullMarked
package dev.aerie.rtsp.ffmpeg;

import org.jspecify.annotations.NullMarked;
