/// go2rtc: where it is, and its REST API, which lists its streams and takes ours.
@NullMarked
package dev.aerie.rtsp.gortc;

import org.jspecify.annotations.NullMarked;
