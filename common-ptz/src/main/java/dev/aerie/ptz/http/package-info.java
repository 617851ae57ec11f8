/// Requests to a camera over HTTP: time-outs, Digest, and what went wrong in terms of [dev.aerie.ptz.camera].
@NullMarked
package dev.aerie.ptz.http;

import org.jspecify.annotations.NullMarked;
