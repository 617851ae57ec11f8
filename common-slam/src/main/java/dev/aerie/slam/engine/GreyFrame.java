package dev.aerie.slam.engine;

import org.bytedeco.opencv.opencv_core.Mat;

/// A frame of one stream's session, lent to the call that it is handed to.
///
/// - `frameNumber`, `captureTimeNanos`: grow from frame to frame; numbers may be left out
/// - `grey`: 8 bits, one channel, of the camera's size
public record GreyFrame(long frameNumber, long captureTimeNanos, Mat grey) {}
