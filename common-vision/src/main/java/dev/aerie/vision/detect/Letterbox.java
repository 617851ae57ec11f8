package dev.aerie.vision.detect;

import dev.aerie.messages.Box;
import dev.aerie.video.FrameSize;

/// Position of a frame in a model's input.
///
/// Source: the reference code of YOLOX (`preproc`), Ultralytics (`LetterBox`) and RT-DETR.
record Letterbox(FrameSize frame, FrameSize input, ResizeMode resizeMode) {

    /// The part of the input that the frame covers.
    FrameSize covered() {
        return new FrameSize(Math.max(1, (int) (frame.widthPixels() * scaleX())), Math.max(1, (int)
                (frame.heightPixels() * scaleY())));
    }

    /// Offset of the frame in the input.
    int leftPixels() {
        return resizeMode == ResizeMode.CENTRED
                ? (input.widthPixels() - covered().widthPixels()) / 2
                : 0;
    }

    /// Offset of the frame in the input.
    int topPixels() {
        return resizeMode == ResizeMode.CENTRED
                ? (input.heightPixels() - covered().heightPixels()) / 2
                : 0;
    }

    /// Maps a box of the input, given by its centre, to the frame, clipped to it.
    Box toFrame(double centreX, double centreY, double width, double height) {
        double left = within((centreX - width / 2 - leftPixels()) / scaleX(), frame.widthPixels());
        double top = within((centreY - height / 2 - topPixels()) / scaleY(), frame.heightPixels());
        double right = within((centreX + width / 2 - leftPixels()) / scaleX(), frame.widthPixels());
        double bottom = within((centreY + height / 2 - topPixels()) / scaleY(), frame.heightPixels());
        return new Box(left, top, right - left, bottom - top);
    }

    /// Input pixels per frame pixel, along the width.
    private double scaleX() {
        double own = (double) input.widthPixels() / frame.widthPixels();
        return resizeMode == ResizeMode.STRETCHED
                ? own
                : Math.min(own, (double) input.heightPixels() / frame.heightPixels());
    }

    private double scaleY() {
        double own = (double) input.heightPixels() / frame.heightPixels();
        return resizeMode == ResizeMode.STRETCHED
                ? own
                : Math.min(own, (double) input.widthPixels() / frame.widthPixels());
    }

    private static double within(double pixels, int limitPixels) {
        return Math.clamp(pixels, 0.0, limitPixels);
    }
}
