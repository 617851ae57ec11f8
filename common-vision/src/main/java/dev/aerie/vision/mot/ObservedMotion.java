package dev.aerie.vision.mot;

import dev.aerie.messages.Box;
import dev.aerie.vision.motion.CameraMotion;

/// The motion of a track of [OcSort]: a Kalman filter that trusts observations more than its own predictions.
///
/// It keeps the last observed boxes, which give the track's direction, and the filter as it was at the last of them:
/// when the object is observed again after a gap, the filter goes back there and runs along a straight line of virtual
/// observations to the new one, so that what it predicted meanwhile is undone. Source: OC-SORT (Cao et al. 2023),
/// sections 4.1 and 4.2.
final class ObservedMotion implements BoxMotion {

    private final KalmanSides filter;
    private final KalmanSides filterAtLast;

    /// The last observations, a ring; the newest at `newest`.
    private final Box[] observed;

    private final long[] observedAtFrame;
    private int newest;
    private int count = 1;
    private long frame;
    private long lastStep;

    /// - `momentumFrames`: over which the direction is measured, from 1
    /// - `speedNoise`: of the filter
    ObservedMotion(Box first, int momentumFrames, double speedNoise) {
        filter = new KalmanSides(first, speedNoise);
        filterAtLast = new KalmanSides(first, speedNoise);
        observed = new Box[momentumFrames + 1];
        observedAtFrame = new long[momentumFrames + 1];
        observed[0] = first;
    }

    @Override
    public void predict(long frames) {
        filter.predict(frames);
        frame += frames;
        lastStep = frames;
    }

    @Override
    public void correct(Box seen) {
        long gap = frame - observedAtFrame[newest];
        if (gap > lastStep) {
            followVirtualObservations(seen, gap);
        }
        filter.correct(seen);
        filterAtLast.become(filter);
        newest = (newest + 1) % observed.length;
        count = Math.min(count + 1, observed.length);
        observed[newest] = seen;
        observedAtFrame[newest] = frame;
    }

    private void followVirtualObservations(Box seen, long gap) {
        filter.become(filterAtLast);
        for (long i = 1; i < gap; i++) {
            filter.predict(1);
            filter.correct(between(lastObserved(), seen, (double) i / gap));
        }
        filter.predict(1);
    }

    private static Box between(Box from, Box to, double share) {
        return new Box(
                from.leftPixels() + share * (to.leftPixels() - from.leftPixels()),
                from.topPixels() + share * (to.topPixels() - from.topPixels()),
                from.widthPixels() + share * (to.widthPixels() - from.widthPixels()),
                from.heightPixels() + share * (to.heightPixels() - from.heightPixels()));
    }

    @Override
    public void applyCameraMotion(CameraMotion motion) {
        if (motion.equals(CameraMotion.NONE)) {
            return;
        }
        filter.applyCameraMotion(motion);
        filterAtLast.applyCameraMotion(motion);
        for (int i = 0; i < count; i++) {
            observed[i] = motion.map(observed[i]);
        }
    }

    @Override
    public void keepSize() {
        filter.keepSize();
    }

    @Override
    public Box box() {
        return filter.box();
    }

    /// Where it was observed last, moved along with the camera.
    Box lastObserved() {
        return observed[newest];
    }

    /// How much an observation turns the track's direction: 0 for straight on, 1 for back; 0 where it has no direction
    /// yet.
    double turnTo(Box seen) {
        Box start = observed[(newest + observed.length - (count - 1)) % observed.length];
        Box last = lastObserved();
        double trackX = centreX(last) - centreX(start);
        double trackY = centreY(last) - centreY(start);
        double seenX = centreX(seen) - centreX(start);
        double seenY = centreY(seen) - centreY(start);
        double lengths = Math.sqrt((trackX * trackX + trackY * trackY) * (seenX * seenX + seenY * seenY));
        if (lengths == 0) {
            return 0;
        }
        return Math.acos(Math.clamp((trackX * seenX + trackY * seenY) / lengths, -1.0, 1.0)) / Math.PI;
    }

    private static double centreX(Box box) {
        return box.leftPixels() + box.widthPixels() / 2;
    }

    private static double centreY(Box box) {
        return box.topPixels() + box.heightPixels() / 2;
    }
}
