package dev.aerie.opencv;

import dev.aerie.natives.NativeLibrary;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.opencv.global.opencv_calib3d;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_features2d;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.global.opencv_photo;
import org.bytedeco.opencv.global.opencv_video;

/// OpenCV's modules, each loaded by name, without the one that opens windows.
///
/// That one, highgui, is linked with GTK 2, which a server lacks. None of the others is linked with it, but JavaCPP
/// loads it before `features2d` and all that build on that (`calib3d`, `video`), and they fail with it. So its
/// class is told that it is loaded before it is.
public final class OpenCv {

    /// Of what both services that look at frames need.
    public static final List<NativeLibrary> VISION = List.of(
            new NativeLibrary("OpenBLAS", () -> Loader.load(openblas.class)),
            new NativeLibrary("OpenCV core", () -> Loader.load(opencv_core.class)),
            new NativeLibrary("OpenCV imgproc", () -> Loader.load(opencv_imgproc.class)),
            new NativeLibrary("OpenCV imgcodecs", () -> Loader.load(opencv_imgcodecs.class)),
            new NativeLibrary("OpenCV calib3d", () -> load(opencv_calib3d.class)),
            new NativeLibrary("OpenCV video", () -> load(opencv_video.class)));

    public static final NativeLibrary FEATURES_2D =
            new NativeLibrary("OpenCV features2d", () -> load(opencv_features2d.class));

    public static final NativeLibrary PHOTO = new NativeLibrary("OpenCV photo", () -> Loader.load(opencv_photo.class));

    private static final String LOADS_LIBRARIES = "org.bytedeco.javacpp.loadlibraries";
    private static final String WINDOWS = "org.bytedeco.opencv.global.opencv_highgui";

    static {
        String before = System.getProperty(LOADS_LIBRARIES, "true");
        System.setProperty(LOADS_LIBRARIES, "false");
        try {
            Class.forName(WINDOWS, true, OpenCv.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new LinkageError("OpenCV's classes are not whole", e);
        } finally {
            System.setProperty(LOADS_LIBRARIES, before);
        }
    }

    private OpenCv() {}

    /// Called by every class that uses `features2d`, `calib3d` or `video`, before it does. Costs nothing again.
    public static void withoutWindows() {
        // The class is initialized by being called.
    }

    private static void load(Class<?> module) {
        withoutWindows();
        Loader.load(module);
    }
}
