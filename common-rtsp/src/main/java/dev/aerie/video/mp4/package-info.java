/// H.264 in MP4: the boxes that live fragments and recorded files have in common; ISO/IEC 14496-12 and -15.
@NullMarked
package dev.aerie.video.mp4;

import org.jspecify.annotations.NullMarked;
