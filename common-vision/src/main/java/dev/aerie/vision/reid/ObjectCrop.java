package dev.aerie.vision.reid;

import dev.aerie.messages.Box;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.image.BgrView;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/// What a box shows of a frame: at least one pixel, of a box outside the frame the nearest.
record ObjectCrop(int left, int top, int right, int bottom) {

    static ObjectCrop of(FrameSize frame, Box box) {
        int width = frame.widthPixels();
        int height = frame.heightPixels();
        int left = Math.clamp(Math.round(box.leftPixels()), 0, width - 1);
        int top = Math.clamp(Math.round(box.topPixels()), 0, height - 1);
        int right = Math.clamp(Math.round(box.rightPixels()), left + 1, width);
        int bottom = Math.clamp(Math.round(box.bottomPixels()), top + 1, height);
        return new ObjectCrop(left, top, right, bottom);
    }

    /// Writes the crop, scaled to `size`, to `target`, 8-bit BGR; all lent.
    ///
    /// - `interpolation`: OpenCV's
    void scale(VideoFrame frame, Mat target, Size size, int interpolation) {
        try (var view = new BgrView(frame);
                var area = new Rect(left, top, right - left, bottom - top);
                var crop = new Mat(view.mat(), area)) {
            opencv_imgproc.resize(crop, target, size, 0, 0, interpolation);
        }
    }
}
