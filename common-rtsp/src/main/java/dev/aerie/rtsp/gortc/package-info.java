/// go2rtc's REST API: reads its streams and registers ours.
@NullMarked
package dev.aerie.rtsp.gortc;

import org.jspecify.annotations.NullMarked;
