using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;

namespace Vireo.Driver;

/// <summary>
/// What identifies the object that a document describes: looked for in the root and its children, before anything else of it is
/// understood. Where a document leaves that open (two names, no XML, a uuid that is none) nothing is taken from it, so that only who holds
/// a right on everything may bring it.
/// </summary>
public static class DocumentSubject
{
    static readonly XmlInputOptions options = new("access");

    /// <summary>Reads a document of this kind of object.</summary>
    public static AccessSubject Read(string xml, AccessObject kind)
    {
        try
        {
            using XmlInput input = XmlInput.Open(xml, null, options);
            var reading = new Reading(input, kind);
            reading.Root();
            input.Finish();
            return reading.Result() ?? Nothing(kind);
        }
        catch (VireoException)
        {
            return Nothing(kind);
        }
    }

    /// <summary>The labels in a piece of metadata; none if it says none, or contradicts itself.</summary>
    public static ObjectLabels Labels(XmlFragment metadata)
    {
        try
        {
            using XmlInput input = metadata.Open("access");
            var reading = new Reading(input, AccessObject.Domain);
            reading.Metadata();
            return reading.Result()?.Labels ?? ObjectLabels.None;
        }
        catch (VireoException)
        {
            return ObjectLabels.None;
        }
    }

    static AccessSubject Nothing(AccessObject kind) => new(kind) { Labels = ObjectLabels.None, Vague = true };

    ref struct Reading(XmlInput input, AccessObject kind)
    {
        string? name, uuid, detail, link, source, owner;
        List<string>? tags;
        SecretUsageType usage;
        bool ambiguous;

        internal void Root()
        {
            if (kind is AccessObject.Interface or AccessObject.NwFilter)
                Set(ref name, input.Attribute("name"));
            for (int depth = input.Enter(); input.NextChild(depth);)
                Child();
        }

        void Child()
        {
            switch (kind, input.Name)
            {
                case (AccessObject.Domain or AccessObject.Network or AccessObject.StoragePool or AccessObject.StorageVolume or AccessObject.NodeDevice, "name"):
                    Set(ref name, input.Text() ?? "");
                    break;
                case (not (AccessObject.StorageVolume or AccessObject.Interface or AccessObject.NwFilterBinding or AccessObject.NodeDevice), "uuid"):
                    Set(ref uuid, input.Text() ?? "");
                    break;
                case (AccessObject.Domain or AccessObject.Network, "metadata"):
                    Metadata();
                    break;
                case (AccessObject.StoragePool, "source"):
                    for (int depth = input.Enter(); input.NextChild(depth);)
                        if (input.Name is "name")
                            Set(ref source, input.Text() ?? "");
                    break;
                case (AccessObject.Interface, "mac"):
                    Set(ref detail, input.Attribute("address"));
                    break;
                case (AccessObject.NwFilterBinding, "portdev"):
                    Set(ref name, input.Attribute("name"));
                    break;
                case (AccessObject.NwFilterBinding, "linkdev"):
                    Set(ref link, input.Attribute("name"));
                    break;
                case (AccessObject.NwFilterBinding, "filterref"):
                    Set(ref detail, input.Attribute("filter"));
                    break;
                case (AccessObject.Secret, "usage"):
                    Usage();
                    break;
            }
        }

        void Usage()
        {
            (usage, string? child) = input.Attribute("type") switch
            {
                "volume" => (SecretUsageType.Volume, "volume"),
                "ceph" => (SecretUsageType.Ceph, "name"),
                "iscsi" => (SecretUsageType.Iscsi, "target"),
                "tls" => (SecretUsageType.Tls, "name"),
                "vtpm" => (SecretUsageType.Vtpm, "name"),
                _ => (SecretUsageType.None, null),
            };
            for (int depth = input.Enter(); input.NextChild(depth);)
                if (input.Name == child)
                    Set(ref name, input.Text() ?? "");
        }

        internal void Metadata()
        {
            for (int depth = input.Enter(); input.NextChild(depth);)
            {
                if (input.Namespace != ObjectLabels.Namespace)
                    continue;
                Set(ref owner, input.Attribute("owner"));
                (tags ??= []).AddRange((input.Attribute("tags") ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            }
        }

        void Set(ref string? member, string? value)
        {
            ambiguous |= member is not null;
            member = value;
        }

        internal readonly AccessSubject? Result()
        {
            Uuid known = default;
            if (ambiguous || (uuid is not null && !Uuid.TryParse(uuid, out known)))
                return null;
            return new(kind, name ?? source, uuid is null ? null : known)
            {
                Detail = detail,
                LinkDevice = link,
                Usage = usage,
                Labels = owner is null && tags is null ? ObjectLabels.None : new ObjectLabels(owner, tags ?? []),
            };
        }
    }
}
