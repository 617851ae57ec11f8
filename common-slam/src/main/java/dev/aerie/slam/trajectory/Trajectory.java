package dev.aerie.slam.trajectory;

import java.util.List;

/// A camera's poses in the order of their times.
public record Trajectory(List<TimedPose> poses) {

    /// Throws [IllegalArgumentException] where a pose is older than the one before it.
    public Trajectory {
        poses = List.copyOf(poses);
        for (int i = 1; i < poses.size(); i++) {
            if (poses.get(i).seconds() < poses.get(i - 1).seconds()) {
                throw new IllegalArgumentException("poses must be in the order of time: number " + i + " is at "
                        + poses.get(i).seconds() + " s, behind "
                        + poses.get(i - 1).seconds() + " s");
            }
        }
    }

    public int size() {
        return poses.size();
    }

    /// The way from pose to pose, in the unit of the map.
    public double length() {
        double length = 0;
        for (int i = 1; i < poses.size(); i++) {
            var from = poses.get(i - 1).worldFromCamera().translation();
            length += from.distanceTo(poses.get(i).worldFromCamera().translation());
        }
        return length;
    }
}
