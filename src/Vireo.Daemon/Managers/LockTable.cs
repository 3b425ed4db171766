using System.Text.Json.Nodes;
using Vireo.Core.Errors;
using Vireo.Host.Locks;

namespace Vireo.Daemon.Managers;

/// <summary>All leases of a lock manager, by folder. One thread at a time is in it.</summary>
/// <param name="countChanged">Told how many resources are held.</param>
sealed class LockTable(Action<int> countChanged)
{
    readonly Lock gate = new();
    readonly Dictionary<string, Lockspace> spaces = new(StringComparer.Ordinal) { [""] = new Lockspace("") };

    /// <summary>Makes a folder one in which leases are taken.</summary>
    /// <exception cref="VireoException">It is one already, or cannot be made.</exception>
    internal void Add(string path, bool mayBeThere)
    {
        lock (gate)
        {
            if (spaces.ContainsKey(path))
            {
                if (!mayBeThere)
                    throw VireoException.Internal(ErrorDomain.Rpc, $"Lockspace for path {path} already exists");
                return;
            }
            var space = new Lockspace(path);
            space.MakeFolder();
            spaces.Add(path, space);
        }
    }

    /// <summary>Does something with the leases in a folder.</summary>
    /// <exception cref="VireoException">The folder is none of ours.</exception>
    internal void In(string path, Action<Lockspace> act)
    {
        lock (gate)
        {
            act(spaces.TryGetValue(path, out Lockspace? space) ? space
                : throw VireoException.Internal(ErrorDomain.Rpc, $"Lockspace for path {path} does not exist"));
            Count();
        }
    }

    /// <summary>Gives back everything that a process holds.</summary>
    /// <returns>Whether it held anything.</returns>
    internal bool ReleaseAllOf(int process)
    {
        lock (gate)
        {
            bool held = false;
            foreach (Lockspace space in spaces.Values)
                held |= space.ReleaseAllOf(process);
            Count();
            return held;
        }
    }

    void Count() => countChanged(spaces.Values.Sum(static space => space.Count));

    internal JsonArray Keep()
    {
        lock (gate)
            return new JsonArray([.. spaces.Values.Select(static space => new JsonObject
            {
                ["directory"] = space.Folder,
                ["resources"] = new JsonArray([.. space.Keep().Select(static kept => new JsonObject
                {
                    ["name"] = kept.Name,
                    ["path"] = kept.Path,
                    ["fd"] = kept.File,
                    ["shared"] = kept.Shared,
                    ["autoCreate"] = kept.AutoCreate,
                    ["owners"] = new JsonArray([.. kept.Owners.Select(static owner => JsonValue.Create(owner))]),
                })]),
            })]);
    }

    internal void Adopt(JsonArray state)
    {
        lock (gate)
        {
            foreach (JsonNode? one in state)
            {
                string folder = (string)one!["directory"]!;
                if (!spaces.TryGetValue(folder, out Lockspace? space))
                    spaces.Add(folder, space = new Lockspace(folder));
                foreach (JsonNode? held in (JsonArray)one["resources"]!)
                    space.Adopt(new KeptLease((string)held!["name"]!, (string)held["path"]!, (int)held["fd"]!, (bool)held["shared"]!, (bool)held["autoCreate"]!,
                        [.. ((JsonArray)held["owners"]!).Select(static owner => (int)owner!)]));
            }
            Count();
        }
    }
}
