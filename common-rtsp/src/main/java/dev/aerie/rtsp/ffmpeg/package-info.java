/// The only users of FFmpeg: native handles are opened and closed here, and callers see plain Java only.
@NullMarked
package dev.aerie.rtsp.ffmpeg;

import org.jspecify.annotations.NullMarked;
