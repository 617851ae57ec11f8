package dev.aerie.vision.detect;

import dev.aerie.messages.Box;
import dev.aerie.video.PictureSize;

/// How a picture lies in a model's square input: shrunk or grown by one scale, in the top left corner, as YOLOX has
/// it.
///
/// Source: YOLOX (Ge et al. 2021), `preproc` of its reference code.
record Letterbox(PictureSize picture, int sidePixels) {

    /// Input pixels per picture pixel.
    double scale() {
        return Math.min((double) sidePixels / picture.widthPixels(), (double) sidePixels / picture.heightPixels());
    }

    /// The part of the input that the picture covers, from the top left corner.
    PictureSize covered() {
        return new PictureSize(Math.max(1, (int) (picture.widthPixels() * scale())), Math.max(1, (int)
                (picture.heightPixels() * scale())));
    }

    /// A box of the input, given by its centre, as a box of the picture, cut at the picture's edges.
    Box toPicture(double centreX, double centreY, double width, double height) {
        double left = within((centreX - width / 2) / scale(), picture.widthPixels());
        double top = within((centreY - height / 2) / scale(), picture.heightPixels());
        double right = within((centreX + width / 2) / scale(), picture.widthPixels());
        double bottom = within((centreY + height / 2) / scale(), picture.heightPixels());
        return new Box(left, top, right - left, bottom - top);
    }

    private static double within(double pixels, int limitPixels) {
        return Math.clamp(pixels, 0.0, limitPixels);
    }
}
