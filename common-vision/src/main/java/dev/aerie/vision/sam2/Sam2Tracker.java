package dev.aerie.vision.sam2;

import dev.aerie.messages.FrameId;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mask.MaskLogits;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.track.MaskTracker;
import dev.aerie.vision.track.ObjectMask;
import dev.aerie.vision.track.Prompt;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Propagates masks by SAM 2.1 or EdgeTAM: each frame is encoded once, then conditioned on the memory of each object.
///
/// Source: SAM 2 (Ravi et al. 2024), section 4; its rules for prompts are those of the publisher's video predictor.
/// Which tracked frames are remembered, [MemoryAdmission] decides. Objects never influence one another.
public final class Sam2Tracker implements MaskTracker {

    private static final Logger LOG = LoggerFactory.getLogger(Sam2Tracker.class);

    private final Geometry geometry;
    private final TrackedState state;
    private final PromptReader reader;
    private final FrameClock clock;
    private final ImageEncoder imageEncoder;
    private final MemoryAttention memoryAttention;
    private final MaskDecoder maskDecoder;
    private final MemoryEncoder memoryEncoder;
    private final MemoryBank memoryBank;
    private final MaskPlane maskPlane;
    private final int objectsPerBatch;
    private final MemoryAdmissionConfig admissionConfig;
    private final Map<Long, MemoryAdmission> admissions = new HashMap<>();
    private final AdmissionLog admissionLog = new AdmissionLog();
    private final Map<Long, LastResult> lastResults = new HashMap<>();

    /// - `networks`: lent
    /// - `bufferedFrames`: how many frames back a prompt may refer to
    Sam2Tracker(
            Networks networks,
            TrackerLimits limits,
            MemoryAdmissionConfig admissionConfig,
            FrameSize size,
            int maxObjects,
            int bufferedFrames) {
        this.admissionConfig = admissionConfig;
        geometry = networks.geometry();
        reader = new PromptReader(size, geometry);
        clock = new FrameClock(bufferedFrames);
        objectsPerBatch = limits.objectsPerBatch(geometry, maxObjects);
        imageEncoder = new ImageEncoder(networks, networks.keepsOnDevice());
        memoryAttention = new MemoryAttention(networks, limits.maxConditioning(), objectsPerBatch);
        maskDecoder = new MaskDecoder(networks, objectsPerBatch);
        memoryEncoder = new MemoryEncoder(networks, objectsPerBatch);
        memoryBank = new MemoryBank(geometry, maxObjects, limits.maxConditioning(), admissionConfig);
        maskPlane = new MaskPlane(geometry);
        state = new TrackedState(networks.model() + "@" + geometry.sidePixels(), size, memoryBank, clock);
    }

    @Override
    public List<ObjectMask> process(VideoFrame frame) throws ModelException {
        long time = clock.advance(frame.stamp().id().frameNumber());
        var predictions = skipHidden(time);
        var batches = Batches.of(memoryBank, time, objectsPerBatch, object -> !predictions.containsKey(object))
                .batches();
        if (!batches.isEmpty()) {
            ImageFeatures features = imageEncoder.encode(frame);
            for (Batches.Batch batch : batches) {
                propagate(features, batch, time, frame.stamp().id(), predictions);
            }
        }
        predictions.forEach((object, prediction) -> {
            LastResult before = lastResults.put(object, new LastResult(time, Points.EMPTY, prediction));
            logPresence(frame.stamp().id(), object, before, prediction);
        });
        return masks(predictions);
    }

    @Override
    public List<ObjectMask> prompt(VideoFrame frame, List<Prompt> prompts) throws ModelException {
        List<PromptedObject> prompted = reader.read(prompts);
        requireCapacity(prompted);
        long time = clock.of(frame.stamp().id().frameNumber());
        List<PromptedObject> all =
                prompted.stream().map(one -> mergeEarlier(one, time)).toList();
        ImageFeatures features = imageEncoder.encode(frame);
        var predictions = new TreeMap<Long, MaskPrediction>();
        for (PromptedObject object : all) {
            MaskPrediction prediction = object.mask().isPresent()
                    ? applyMaskPrompt(features, object, time)
                    : predictPrompted(features, object, time);
            lastResults.put(object.object(), new LastResult(time, object.points(), prediction));
            if (time == clock.now()) {
                admission(object.object()).restart(prediction);
            }
            predictions.put(object.object(), prediction);
        }
        return masks(predictions);
    }

    @Override
    public void unlearn(long object) {
        if (admissionConfig.isSelective() && memoryBank.contains(object)) {
            memoryBank.of(object).forget(clock.now());
            admission(object).refuse();
            admissionLog.refused(object);
        }
    }

    @Override
    public boolean remove(long object) {
        boolean isKnown = memoryBank.contains(object);
        memoryBank.remove(object);
        lastResults.remove(object);
        admissions.remove(object);
        admissionLog.remove(object);
        return isKnown;
    }

    @Override
    public Set<Long> objects() {
        return Set.copyOf(memoryBank.objects());
    }

    @Override
    public MemoryUse memory() {
        return new MemoryUse(memoryBank.heapBytes(), memoryBank.heldBytes());
    }

    @Override
    public void save(DataOutput out) throws IOException {
        state.save(out);
    }

    @Override
    public void restore(DataInput in) throws IOException {
        lastResults.clear();
        admissions.clear();
        state.restore(in);
    }

    @Override
    public void close() {
        imageEncoder.close();
        memoryAttention.close();
        maskDecoder.close();
        memoryEncoder.close();
        memoryBank.close();
        maskPlane.close();
    }

    /// The objects that are not looked for at `time`, with what was last said of them: that they are hidden.
    private SortedMap<Long, MaskPrediction> skipHidden(long time) {
        var skipped = new TreeMap<Long, MaskPrediction>();
        for (long object : memoryBank.objects()) {
            LastResult last = lastResults.get(object);
            if (last != null && admission(object).isSkippedAt(time)) {
                skipped.put(object, last.prediction());
            }
        }
        return skipped;
    }

    private void propagate(
            ImageFeatures features,
            Batches.Batch batch,
            long time,
            FrameId frame,
            Map<Long, MaskPrediction> predictions)
            throws ModelException {
        int objects = batch.objects().size();
        TensorMemory attended = attend(features, batch.objects(), batch.selections());
        maskDecoder.track(features, attended, objects, admissionConfig.maxAnchors() > 0);
        var verdicts = new ArrayList<MemoryAdmission.Verdict>();
        for (int i = 0; i < objects; i++) {
            MaskPrediction prediction = maskDecoder.prediction(i);
            predictions.put(batch.objects().get(i), prediction);
            verdicts.add(judge(batch.objects().get(i), i, prediction, frame));
        }
        if (verdicts.stream().anyMatch(MemoryAdmission.Verdict::hasMemory)) {
            memoryEncoder.encode(
                    features, objects, maskDecoder.masks(), geometry.maskSide(), maskDecoder.scores(), false);
        }
        for (int i = 0; i < objects; i++) {
            remember(batch.objects().get(i), i, time, verdicts.get(i));
        }
    }

    private MemoryAdmission.Verdict judge(long object, int index, MaskPrediction prediction, FrameId frame) {
        if (!admissionConfig.isSelective()) {
            return MemoryAdmission.Verdict.ADMITTED;
        }
        List<MaskLogits> alternatives = admissionConfig.maxAnchors() > 0 ? maskDecoder.alternatives(index) : List.of();
        MemoryAdmission.Verdict verdict = admission(object).judge(prediction, alternatives);
        admissionLog.judged(frame, object, verdict, prediction.predictedIou());
        return verdict;
    }

    private MemoryAdmission admission(long object) {
        return admissions.computeIfAbsent(object, _ -> new MemoryAdmission(admissionConfig));
    }

    private void remember(long object, int index, long time, MemoryAdmission.Verdict verdict) {
        ObjectMemory memory = memoryBank.of(object);
        if (verdict.hasMemory()) {
            memory.remember(time, verdict.kind(), memoryEncoder.memory(index), maskDecoder.pointer(index));
        } else if (verdict.hasPointerOnly()) {
            memory.rememberPointer(time, maskDecoder.pointer(index));
        } else {
            memory.forget(time);
        }
    }

    /// Predicts the mask that the points prompt, conditioned on memories of earlier frames where there are any.
    private MaskPrediction predictPrompted(ImageFeatures features, PromptedObject object, long time)
            throws ModelException {
        MemorySelection selection = memoryBank.select(object.object(), time);
        TensorMemory attended = selection.hasMemories()
                ? attend(features, List.of(object.object()), List.of(selection))
                : features.withoutMemory();
        maskDecoder.prompt(features, attended, object.points(), previousLogits(object.object(), time));
        memoryEncoder.encode(features, 1, maskDecoder.masks(), geometry.maskSide(), maskDecoder.scores(), true);
        rememberPrompted(object.object(), time);
        return maskDecoder.prediction(0);
    }

    /// Remembers the mask as it is in the model's size, as the publisher's predictor does; one so thin that nothing is
    /// left of it there, as it was given.
    private MaskPrediction applyMaskPrompt(ImageFeatures features, PromptedObject object, long time)
            throws ModelException {
        maskPlane.set(object.mask().orElseThrow());
        maskDecoder.promptMask(features, maskPlane.asMask());
        MaskLogits logits = maskPlane.toModelLogits();
        maskDecoder.setMask(logits, MaskPlane.SURE_LOGIT);
        if (hasInside(logits)) {
            memoryEncoder.encode(features, 1, maskDecoder.masks(), geometry.maskSide(), maskDecoder.scores(), true);
        } else {
            memoryEncoder.encode(features, 1, maskPlane.asLogits(), geometry.sidePixels(), maskDecoder.scores(), true);
        }
        rememberPrompted(object.object(), time);
        return new MaskPrediction(logits, 1, MaskPlane.SURE_LOGIT);
    }

    private static boolean hasInside(MaskLogits logits) {
        for (float logit : logits.values()) {
            if (logit > 0) {
                return true;
            }
        }
        return false;
    }

    private TensorMemory attend(ImageFeatures features, List<Long> objects, List<MemorySelection> selections)
            throws ModelException {
        return memoryAttention.attend(
                features, objects.stream().map(memoryBank::of).toList(), selections);
    }

    private void rememberPrompted(long object, long time) {
        ObjectMemory memory = memoryBank.of(object);
        boolean isTracked = admissionConfig.corrections() == CorrectionRule.PUBLISHER && memory.isTrackedInto(time);
        MemoryKind kind = isTracked ? MemoryKind.TRACKED : MemoryKind.PROMPTED;
        memory.remember(time, kind, memoryEncoder.memory(0), maskDecoder.pointer(0));
    }

    /// The prompt, merged with earlier points of the same frame.
    private PromptedObject mergeEarlier(PromptedObject prompted, long time) {
        LastResult before = lastResults.get(prompted.object());
        if (before == null || before.time() != time || prompted.mask().isPresent()) {
            return prompted;
        }
        return new PromptedObject(prompted.object(), prompted.points().after(before.points()), prompted.mask());
    }

    private Optional<MaskLogits> previousLogits(long object, long time) {
        LastResult before = lastResults.get(object);
        return before == null || before.time() != time
                ? Optional.empty()
                : Optional.of(before.prediction().logits());
    }

    private void requireCapacity(Collection<PromptedObject> prompted) {
        long newObjects = 0;
        for (PromptedObject object : prompted) {
            if (!memoryBank.contains(object.object())) {
                newObjects++;
                if (object.mask().isEmpty() && !object.points().hasForeground()) {
                    throw new IllegalArgumentException("object " + object.object()
                            + " is new: it needs at least one positive click, a box or a mask");
                }
            }
        }
        if (memoryBank.objects().size() + newObjects > memoryBank.maxObjects()) {
            throw new IllegalArgumentException("%d objects are tracked and %d would be added, at most %d are allowed"
                    .formatted(memoryBank.objects().size(), newObjects, memoryBank.maxObjects()));
        }
    }

    private static void logPresence(FrameId frame, long object, @Nullable LastResult before, MaskPrediction now) {
        if (before != null && before.prediction().isVisible() != now.isVisible()) {
            LOG.info(
                    "mask {} stream={} object={} frame={} presenceLogit={}",
                    now.isVisible() ? "re-found" : "lost",
                    frame.stream(),
                    object,
                    frame.frameNumber(),
                    now.presenceLogit());
        }
    }

    private static List<ObjectMask> masks(Map<Long, MaskPrediction> predictions) {
        var masks = new ArrayList<ObjectMask>();
        predictions.forEach((object, prediction) -> masks.add(prediction.toMask(object)));
        return masks;
    }

    /// The points and the prediction of an object in the last frame in which it was predicted.
    private record LastResult(long time, Points points, MaskPrediction prediction) {}
}
