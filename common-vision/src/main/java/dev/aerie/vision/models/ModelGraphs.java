package dev.aerie.vision.models;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// The graphs of a model without its weights, as they come with Aerie: SAM 2.1 and EdgeTAM (docs/sam2.md),
/// SLAM3R (docs/slam3r.md).
public final class ModelGraphs {

    private static final String WEIGHTS = "weights.json";
    private static final String GRAPH = ".onnx";
    private static final String LIGHT = ".int8";

    private final WeightsLayout layout;
    private final Map<String, byte[]> graphs;

    private ModelGraphs(WeightsLayout layout, Map<String, byte[]> graphs) {
        this.layout = layout;
        this.graphs = graphs;
    }

    /// That of the model `name`; empty where Aerie has none.
    public static Optional<ModelGraphs> find(String name) {
        String resource = "structures/" + name + ".zip";
        try (InputStream in = ModelGraphs.class.getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(read(in, resource));
        } catch (IOException e) {
            throw new IllegalStateException(resource + " cannot be read", e);
        }
    }

    /// The layout of the weights file that the graphs refer to.
    public WeightsLayout layout() {
        return layout;
    }

    /// The sizes there are graphs for: sides of the square input, in pixels.
    public NavigableSet<Integer> sizes() {
        var sizes = new TreeSet<Integer>();
        graphs.keySet().forEach(path -> sizes.add(Integer.valueOf(path.substring(0, path.indexOf('/')))));
        return sizes;
    }

    /// The ONNX bytes of a graph: `image_encoder`, `memory_attention` …; throws [IllegalArgumentException] where
    /// there is none.
    public byte[] graph(int size, String name) {
        byte[] graph = graphs.get(size + "/" + name + GRAPH);
        if (graph == null) {
            throw new IllegalArgumentException(
                    "%s has no graph %s of size %d, but %s".formatted(layout.model(), name, size, graphs.keySet()));
        }
        return graph.clone();
    }

    /// As [#graph], with 8-bit weights where there is such a form.
    public byte[] lightGraph(int size, String name) {
        String light = name + LIGHT;
        return graphs.containsKey(size + "/" + light + GRAPH) ? graph(size, light) : graph(size, name);
    }

    private static ModelGraphs read(InputStream in, String resource) throws IOException {
        var graphs = new TreeMap<String, byte[]>();
        Optional<WeightsLayout> layout = Optional.empty();
        var zip = new ZipInputStream(in);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (entry.getName().equals(WEIGHTS)) {
                layout = Optional.of(WeightsLayout.parse(new ObjectMapper().readTree(zip.readAllBytes())));
            } else {
                graphs.put(entry.getName(), zip.readAllBytes());
            }
        }
        return new ModelGraphs(layout.orElseThrow(() -> new IOException(resource + " has no " + WEIGHTS)), graphs);
    }
}
