package dev.aerie.vision.segment;

import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/// An object that meets another tracked one of the same looks: neither colours nor flow tell them apart, so it goes on
/// as it went, with the mask that it had before. Owns native memory.
final class TwinContact implements AutoCloseable {

    /// Longer than this nothing goes on as it went.
    private static final int MAX_FRAMES = 45;

    private final Mat first;
    private final MaskGeometry firstGeometry;
    private final double velocityX;
    private final double velocityY;
    private int frames;

    /// - `mask`: of the frame before, 8-bit, lent; `velocityX`, `velocityY`: in pixels per frame
    TwinContact(Mat mask, MaskGeometry geometry, double velocityX, double velocityY) {
        first = mask.clone();
        firstGeometry = geometry;
        this.velocityX = velocityX;
        this.velocityY = velocityY;
    }

    /// One frame on.
    void advance() {
        frames++;
    }

    boolean isTooLong() {
        return frames >= MAX_FRAMES;
    }

    /// Where the object should be now.
    MaskGeometry geometry() {
        return firstGeometry.moved(frames * velocityX, frames * velocityY);
    }

    /// What it should cover now, 8-bit; the caller closes it.
    Mat mask() {
        var moved = new Mat();
        var displacement = new Affine(1, 0, frames * velocityX, 0, 1, frames * velocityY);
        try (var matrix = displacement.toMat();
                var size = first.size()) {
            opencv_imgproc.warpAffine(first, moved, matrix, size);
        }
        return moved;
    }

    @Override
    public void close() {
        first.close();
    }
}
