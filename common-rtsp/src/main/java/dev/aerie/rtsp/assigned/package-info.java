/// The streams that a replica was given to work on: begun, ended, restarted.
@NullMarked
package dev.aerie.rtsp.assigned;

import org.jspecify.annotations.NullMarked;
