/// go2rtc's REST API, of which streams are read and to which ours are offered.
@NullMarked
package dev.aerie.rtsp.gortc;

import org.jspecify.annotations.NullMarked;
