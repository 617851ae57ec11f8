package dev.aerie.ptz;

import dev.aerie.natives.NativeLibraries;
import dev.aerie.natives.NativeLibrary;
import dev.aerie.opencv.OpenCv;
import dev.aerie.rtsp.ffmpeg.FfmpegLibraries;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.OnnxLibraries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The native libraries that the service and the installed models need.
final class PtzLibraries {

    private PtzLibraries() {}

    static NativeLibraries needed(Map<String, String> environment) {
        var more = new ArrayList<NativeLibrary>();
        if (ModelStore.of(environment).hasInstalled()) {
            more.add(OnnxLibraries.RUNTIME);
        }
        return NativeLibraries.of(FfmpegLibraries.VIDEO).with(OpenCv.VISION).with(List.copyOf(more));
    }
}
