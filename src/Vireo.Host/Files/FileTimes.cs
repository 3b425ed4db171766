namespace Vireo.Host.Files;

/// <summary>When a file changed.</summary>
/// <param name="Changed">Its content, owner or name, in seconds since 1970 (ctime).</param>
/// <param name="Modified">Its content, in seconds since 1970 (mtime).</param>
public readonly record struct FileTimes(long Changed, long Modified)
{
    /// <summary>The times of what a path leads to; null with errno in <paramref name="errno"/>.</summary>
    public static unsafe FileTimes? Find(string path, out int errno)
    {
        const uint wanted = 0xc0;       // mtime, ctime
        byte* facts = stackalloc byte[256];
        if (LibC.statx(-100, path, 0, wanted, facts) < 0)
        {
            errno = LibC.Errno;
            return null;
        }
        errno = 0;
        return new FileTimes(*(long*)(facts + 96), *(long*)(facts + 112));
    }
}
