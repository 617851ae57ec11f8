package dev.aerie.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.host.Ports;
import dev.aerie.ptz.site.SiteCamera;
import dev.aerie.simulator.PtzCameras;
import dev.aerie.simulator.ptz.PtzCameraRun;
import dev.aerie.simulator.ptz.PtzScene;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The PTZ cameras of a demo: where they stand, on which ports they obey, who may command them. The password is drawn
/// for each run, and goes from here to the two processes by their environment alone.
final class PtzSite {

    private static final String USER = "demo";
    private static final int PASSWORD_BITS = 128;
    private static final long SEED = 7;
    private static final double MAX_ZOOM = 25;

    /// With nobody to follow a camera looks over the street again, and is told so so often.
    private static final int HOME_SECONDS = 30;

    private final int cameras;
    private final Path folder;
    private final int isapiPort = Ports.free();
    private final int onvifPort = Ports.free();
    private final String password = new BigInteger(PASSWORD_BITS, new SecureRandom()).toString(Character.MAX_RADIX);
    private boolean filming;

    /// - `folder`: for the settings and the ground truth
    PtzSite(int cameras, Path folder) {
        this.cameras = cameras;
        this.folder = folder;
    }

    /// What ptz-service reads: names variables, never their values.
    Path settingsFile() {
        return folder.resolve("camera_settings.json");
    }

    /// Ground truth of each frame.
    static Path truthIn(Path folder) {
        return folder.resolve("truth.jsonl");
    }

    Path truth() {
        return truthIn(folder);
    }

    /// Writes the settings, and forgets the truth of an earlier run.
    void prepare() throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(truth());
        var entries = new ArrayList<Map<String, Object>>();
        for (var camera : PtzScene.plaza(SEED, cameras).cameras()) {
            entries.add(entry(camera, entries.isEmpty()));
        }
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(settingsFile().toFile(), Map.of("cameras", entries));
    }

    private Map<String, Object> entry(SiteCamera camera, boolean isIsapi) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("name", camera.name());
        entry.put("driver", isIsapi ? "isapi" : "onvif");
        entry.put(
                "url",
                isIsapi ? "http://127.0.0.1:" + isapiPort : "http://127.0.0.1:" + onvifPort + "/onvif/device_service");
        entry.put("username_env", PtzCameras.USERNAME);
        entry.put("password_env", PtzCameras.PASSWORD);
        entry.put("hfov_degrees", camera.lens().hfovDegrees(1));
        entry.put("zoom_range", List.of(1, MAX_ZOOM));
        entry.put("dead_time_seconds", 0.3);
        entry.put("patrol", List.of(Map.of("preset", PtzCameraRun.HOME.id(), "seconds", HOME_SECONDS)));
        var mounting = camera.mounting();
        entry.put(
                "mounting",
                Map.of(
                        "east_metres", mounting.eastMetres(),
                        "north_metres", mounting.northMetres(),
                        "up_metres", mounting.upMetres(),
                        "heading_degrees", mounting.headingDegrees()));
        return entry;
    }

    /// Of both processes.
    Map<String, String> credentials() {
        return Map.of(PtzCameras.USERNAME, USER, PtzCameras.PASSWORD, password);
    }

    synchronized void film() {
        filming = true;
    }

    /// Of the cameras' process; the first one waits for a line on its standard input.
    synchronized List<String> arguments(Addresses addresses) {
        var arguments = new ArrayList<>(List.of(
                "--url", addresses.ingest(),
                "--rtsp", "rtsp://127.0.0.1:" + addresses.rtspPort(),
                "--cameras", Integer.toString(cameras),
                "--isapi-port", Integer.toString(isapiPort),
                "--onvif-port", Integer.toString(onvifPort),
                "--size", "640x360",
                "--fps", "10",
                "--seed", Long.toString(SEED),
                "--truth", truth().toString()));
        if (!filming) {
            arguments.add("--hold");
        }
        return List.copyOf(arguments);
    }

    @Override
    public String toString() {
        return "PTZ cameras of a demo"; // one field is a password
    }
}
