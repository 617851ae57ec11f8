/// Video for browsers that decode H.264 alone: streams of another codec are transcoded once for all of them, while
/// somebody looks.
@NullMarked
package dev.aerie.ingest.transcode;

import org.jspecify.annotations.NullMarked;
