using Vireo.Rpc.Xdr;

namespace Vireo.Remote;

/// <summary>What the caller wants of a result.</summary>
/// <param name="Room">How many items; for lists with a need_results word, whether any.</param>
/// <param name="Strings">Whether it understands typed parameters that are text.</param>
readonly record struct AnswerContext(int Room, bool Strings = true)
{
    /// <summary>All of it.</summary>
    public static AnswerContext Everything => new(int.MaxValue);
}

/// <summary>Writes a result behind a reply's header.</summary>
delegate void ReplyWriter<in T>(ref XdrWriter writer, T value, AnswerContext context);
