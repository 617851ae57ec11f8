package dev.aerie.vision.detect;

import dev.aerie.messages.Box;
import dev.aerie.video.PictureSize;

/// How a picture lies in a model's square input.
///
/// Source: the reference code of YOLOX (`preproc`), Ultralytics (`LetterBox`) and RT-DETR.
record Letterbox(PictureSize picture, int sidePixels, Fit fit) {

    /// The part of the input that the picture covers.
    PictureSize covered() {
        return new PictureSize(Math.max(1, (int) (picture.widthPixels() * scaleX())), Math.max(1, (int)
                (picture.heightPixels() * scaleY())));
    }

    /// Where the picture begins in the input.
    int leftPixels() {
        return fit == Fit.CENTRED ? (sidePixels - covered().widthPixels()) / 2 : 0;
    }

    /// Where the picture begins in the input.
    int topPixels() {
        return fit == Fit.CENTRED ? (sidePixels - covered().heightPixels()) / 2 : 0;
    }

    /// A box of the input, given by its centre, as a box of the picture, cut at the picture's edges.
    Box toPicture(double centreX, double centreY, double width, double height) {
        double left = within((centreX - width / 2 - leftPixels()) / scaleX(), picture.widthPixels());
        double top = within((centreY - height / 2 - topPixels()) / scaleY(), picture.heightPixels());
        double right = within((centreX + width / 2 - leftPixels()) / scaleX(), picture.widthPixels());
        double bottom = within((centreY + height / 2 - topPixels()) / scaleY(), picture.heightPixels());
        return new Box(left, top, right - left, bottom - top);
    }

    /// Input pixels per picture pixel, along the width.
    private double scaleX() {
        double own = (double) sidePixels / picture.widthPixels();
        return fit == Fit.STRETCHED ? own : Math.min(own, (double) sidePixels / picture.heightPixels());
    }

    private double scaleY() {
        double own = (double) sidePixels / picture.heightPixels();
        return fit == Fit.STRETCHED ? own : Math.min(own, (double) sidePixels / picture.widthPixels());
    }

    private static double within(double pixels, int limitPixels) {
        return Math.clamp(pixels, 0.0, limitPixels);
    }
}
