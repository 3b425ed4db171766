using Vireo.Host.Files;

namespace Vireo.Host.Namespaces;

/// <summary>
/// A /dev that a process has for itself: only what it needs is in it, and what the host has mounted below /dev (terminals, shared memory, huge pages).
/// It goes with the last process that sees it; nothing of it is ever seen by the host.
/// </summary>
public sealed class PrivateDev
{
    const int MostLinks = 40;

    readonly Dictionary<string, DevEntry> entries = new(StringComparer.Ordinal);
    readonly IReadOnlyList<string> mounts;

    /// <summary>An empty one.</summary>
    /// <param name="mounts">What stays mounted below /dev (<see cref="DevMounts"/>).</param>
    public PrivateDev(IReadOnlyList<string> mounts) => this.mounts = mounts;

    /// <summary>What is in it: folders before what is in them is up to its maker.</summary>
    internal IReadOnlyCollection<DevEntry> Entries => entries.Values;

    /// <summary>What stays mounted below /dev.</summary>
    internal IReadOnlyList<string> Mounts => mounts;

    /// <summary>That, and the host's files that are mounted in it.</summary>
    internal IEnumerable<string> AllMounts => mounts.Concat(entries.Values.Where(static entry => entry.IsMounted).Select(static entry => entry.Path));

    /// <summary>Where things of it are, in order.</summary>
    public IEnumerable<string> Paths => entries.Keys;

    /// <summary>Adds what a path leads to, as far as it is in /dev: the node, and the links on the way. What is not there is left out.</summary>
    /// <param name="path">The path.</param>
    /// <param name="owner">Whose the node is; null: whose it is on the host.</param>
    /// <param name="label">What SELinux calls the node; null: what it calls the host's.</param>
    public void Add(string path, Ids? owner = null, string? label = null)
    {
        if (Walk(path, entries) is not { } end || Kept(end))
            return;
        if (DevFiles.Find(end) is not { } found)
            return;
        if (owner is { } ids)
            found = found with { User = ids.User, Group = ids.Group };
        entries[end] = found.IsNode && label is not null ? found with { Label = label } : found;
    }

    /// <summary>What a path leads to is a device's node that a process with a /dev of its own has in it, so that the host's stays as it is.</summary>
    /// <param name="path">The path, on the host.</param>
    public bool Holds(string path) => FileOwner.FindNode(path) is not null && Walk(path, null) is { } end && !Kept(end) && DevFiles.Find(end) is { IsNode: true };

    /// <summary>Without what is in another one too.</summary>
    internal IEnumerable<DevEntry> Except(PrivateDev other) => entries.Values.Where(entry => !other.entries.ContainsKey(entry.Path));

    bool Kept(string path) => mounts.Any(mount => path == mount || path.StartsWith(mount, StringComparison.Ordinal) && path[mount.Length] == '/');

    // Part by part, since a link may be anywhere. Null: it does not end in /dev, or nowhere.
    string? Walk(string path, Dictionary<string, DevEntry>? links)
    {
        string at = "";
        var left = new Stack<string>();
        int followed = 0;
        Push(path);
        while (left.TryPop(out string? part))
        {
            if (part == "..")
            {
                at = at[..Math.Max(at.LastIndexOf('/'), 0)];
                continue;
            }
            at = $"{at}/{part}";
            if (DevFiles.Target(at) is not { } target)
                continue;
            if (++followed > MostLinks)
                return null;
            if (links is not null && at.StartsWith("/dev/", StringComparison.Ordinal) && !Kept(at) && DevFiles.Find(at) is { } link)
                links[at] = link with { Target = target };
            at = target.StartsWith('/') ? "" : at[..at.LastIndexOf('/')];
            Push(target);
        }
        return at.StartsWith("/dev/", StringComparison.Ordinal) ? at : null;

        void Push(string text)
        {
            foreach (string part in text.Split('/').Reverse())
                if (part is not ("" or "."))
                    left.Push(part);
        }
    }
}
