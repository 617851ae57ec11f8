package dev.aerie.evaluation.vos;

import dev.aerie.video.FrameSize;
import dev.aerie.vision.mask.BinaryMask;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/// One labelled video in files: `frames/*.jpg` or `*.png`, and `masks/*.png`, one for each frame, in the same
/// order.
///
/// A mask's pixel is the id of its object, 0 for background; 255 counts as 1.
public record VosSequence(String name, List<Path> frames, List<Path> masks) {

    private static final int ALSO_ONE = 255;

    public VosSequence {
        frames = List.copyOf(frames);
        masks = List.copyOf(masks);
        if (frames.size() != masks.size() || frames.size() < 3) {
            throw new IllegalArgumentException(name + ": wants a mask for each of at least 3 frames, has "
                    + frames.size() + " frames and " + masks.size() + " masks");
        }
    }

    /// Reads the file names only; throws [IOException] for another layout.
    public static VosSequence read(Path directory) throws IOException {
        try {
            return new VosSequence(
                    directory.getFileName().toString(),
                    frames(directory.resolve("frames")),
                    frames(directory.resolve("masks")));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// Every video in `directory`, by name: each folder that has `frames` and `masks`. Throws [IOException] if
    /// there is none.
    public static List<VosSequence> readAll(Path directory) throws IOException {
        var sequences = new ArrayList<VosSequence>();
        try (Stream<Path> children = Files.list(directory)) {
            for (Path child : children.sorted().toList()) {
                if (Files.isDirectory(child.resolve("frames")) && Files.isDirectory(child.resolve("masks"))) {
                    sequences.add(read(child));
                }
            }
        }
        if (sequences.isEmpty()) {
            throw new IOException(directory + " holds no folder with frames and masks");
        }
        return sequences;
    }

    /// The true masks of a frame, by object.
    public Map<Integer, BinaryMask> truth(int frame) throws IOException {
        var image = ImageIO.read(masks.get(frame).toFile());
        if (image == null || image.getRaster().getNumDataElements() != 1) {
            throw new IOException(masks.get(frame) + " is no frame of one channel");
        }
        return split(image.getRaster());
    }

    private static Map<Integer, BinaryMask> split(Raster ids) {
        var size = new FrameSize(ids.getWidth(), ids.getHeight());
        int[] samples = ids.getSamples(0, 0, ids.getWidth(), ids.getHeight(), 0, (int[]) null);
        var insides = new TreeMap<Integer, byte[]>();
        for (int at = 0; at < samples.length; at++) {
            if (samples[at] != 0) {
                int id = samples[at] == ALSO_ONE ? 1 : samples[at];
                insides.computeIfAbsent(id, _ -> new byte[samples.length])[at] = 1;
            }
        }
        var masks = new TreeMap<Integer, BinaryMask>();
        insides.forEach((id, inside) ->
                masks.put(id, BinaryMask.ofRegion(size, 0, 0, size.widthPixels(), size.heightPixels(), inside)));
        return masks;
    }

    private static List<Path> frames(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().matches(".*\\.(jpe?g|png)"))
                    .sorted()
                    .toList();
        }
    }
}
