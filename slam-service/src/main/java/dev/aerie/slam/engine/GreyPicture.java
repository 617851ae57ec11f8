package dev.aerie.slam.engine;

import org.bytedeco.opencv.opencv_core.Mat;

/// A picture of one stream's session, lent to the call that it is handed to.
///
/// - `frameNumber`, `captureTimeNanos`: grow from picture to picture; numbers may be left out
/// - `grey`: 8 bits, one channel, of the camera's size
public record GreyPicture(long frameNumber, long captureTimeNanos, Mat grey) {}
