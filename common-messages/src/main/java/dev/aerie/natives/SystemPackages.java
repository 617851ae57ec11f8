package dev.aerie.natives;

import java.util.Map;
import java.util.Optional;

/// Which package of Debian brings a library of the system.
final class SystemPackages {

    private static final Map<String, String> BY_LIBRARY = Map.ofEntries(
            Map.entry("libstdc++.so.6", "libstdc++6"),
            Map.entry("libgcc_s.so.1", "libgcc-s1"),
            Map.entry("libgomp.so.1", "libgomp1"),
            Map.entry("libgfortran.so.5", "libgfortran5"),
            Map.entry("libquadmath.so.0", "libquadmath0"),
            Map.entry("libz.so.1", "zlib1g"),
            Map.entry("libm.so.6", "libc6"),
            Map.entry("libpthread.so.0", "libc6"),
            Map.entry("libdl.so.2", "libc6"),
            Map.entry("librt.so.1", "libc6"),
            Map.entry("libpulse.so.0", "libpulse0"),
            Map.entry("libasound.so.2", "libasound2"),
            Map.entry("libsndio.so.7", "libsndio7.0"),
            Map.entry("libxcb.so.1", "libxcb1"),
            Map.entry("libxcb-shm.so.0", "libxcb-shm0"),
            Map.entry("libxcb-shape.so.0", "libxcb-shape0"),
            Map.entry("libxcb-xfixes.so.0", "libxcb-xfixes0"),
            Map.entry("libX11.so.6", "libx11-6"),
            Map.entry("libGL.so.1", "libgl1"),
            Map.entry("libdrm.so.2", "libdrm2"),
            Map.entry("libva.so.2", "libva2"),
            Map.entry("libva-drm.so.2", "libva-drm2"),
            Map.entry("libgtk-x11-2.0.so.0", "libgtk2.0-0"),
            Map.entry("libgdk-x11-2.0.so.0", "libgtk2.0-0"),
            Map.entry("libcairo.so.2", "libcairo2"),
            Map.entry("libgdk_pixbuf-2.0.so.0", "libgdk-pixbuf-2.0-0"),
            Map.entry("libgobject-2.0.so.0", "libglib2.0-0"),
            Map.entry("libglib-2.0.so.0", "libglib2.0-0"));

    private SystemPackages() {}

    /// - `library`: as the linker names it, `libpulse.so.0`
    static Optional<String> of(String library) {
        return Optional.ofNullable(BY_LIBRARY.get(library));
    }
}
