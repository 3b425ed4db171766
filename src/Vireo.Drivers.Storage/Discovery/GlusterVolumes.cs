using System.Xml;
using Vireo.Core.Errors;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Discovery;

/// <summary>What a server of Gluster offers, from <c>gluster --xml volume info all</c>.</summary>
public static class GlusterVolumes
{
    static readonly XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreWhitespace = true };

    /// <summary>The sources that pools of a type can be made of.</summary>
    /// <param name="answer">What the program wrote.</param>
    /// <param name="host">The server that was asked.</param>
    /// <param name="type"><see cref="StoragePoolType.Gluster"/> or <see cref="StoragePoolType.NetFs"/>.</param>
    /// <exception cref="VireoException"><see cref="ErrorCode.InternalError"/>: it is not what the program writes.</exception>
    public static StoragePoolSources Sources(string answer, string host, StoragePoolType type) => new()
    {
        Sources = [.. Names(answer).Select(name => type == StoragePoolType.NetFs
            ? new StoragePoolSource { Hosts = [new StoragePoolHost { Name = host }], Directory = name, Format = "glusterfs" }
            : new StoragePoolSource { Hosts = [new StoragePoolHost { Name = host }], Directory = "/", Name = name })],
    };

    static List<string> Names(string answer)
    {
        List<string> names = [], path = [];
        try
        {
            using var reader = XmlReader.Create(new StringReader(answer), settings);
            while (reader.Read())
            {
                if (reader.NodeType is XmlNodeType.Element)
                {
                    path.RemoveRange(reader.Depth, path.Count - reader.Depth);
                    path.Add(reader.LocalName);
                }
                else if (reader.NodeType is XmlNodeType.Text && path is ["cliOutput", "volInfo", "volumes", "volume", "name"])
                    names.Add(reader.Value);
            }
        }
        catch (XmlException bad)
        {
            throw VireoException.Internal(ErrorDomain.Storage, $"cannot read the answer of gluster: {bad.Message}", bad);
        }
        return names;
    }
}
