namespace Vireo.Driver;

/// <summary>A guest's time: seconds since 1970, and nanoseconds beyond.</summary>
public readonly record struct GuestTime(long Seconds, uint Nanoseconds);

/// <summary>A file system of a guest: where it is mounted, its device there, its kind, and the targets of the disks that it is on.</summary>
public readonly record struct FileSystemInfo(string MountPoint, string Name, string Type, [Bound(256)] string[] Disks);

/// <summary>A thread for disks: its id, and the map of host processors that it may use.</summary>
public readonly record struct IoThreadInfo(uint Id, [Bound(2048)] byte[] CpuMap);

/// <summary>A disk's job. <see cref="Found"/> false: there is none, and the rest is 0.</summary>
/// <param name="Found">Whether there is a job.</param>
/// <param name="Type">Its kind.</param>
/// <param name="Bandwidth">Its limit, in MiB or bytes a second as asked; 0: none.</param>
/// <param name="Current">How far it is, in a unit of its own.</param>
/// <param name="End">Where it will end.</param>
public readonly record struct BlockJobInfo(bool Found, DomainBlockJobType Type, ulong Bandwidth, ulong Current, ulong End);
