/// Receiving video: one consumer base for every service, with reconnection, a stall watchdog and named drop
/// policies.
@NullMarked
package dev.aerie.rtsp;

import org.jspecify.annotations.NullMarked;
