using System.Diagnostics.CodeAnalysis;

[assembly: SuppressMessage("Design", "CA1001", Scope = "type", Target = "~T:Vireo.Remote.ProgramSession",
    Justification = "Closed is its end; a token source without a timer holds nothing of the system's.")]
[assembly: SuppressMessage("Performance", "CA1822", Scope = "member",
    Target = "~M:Vireo.Remote.ProgramSession.Answer``1(Vireo.Rpc.Server.RpcCall,System.Threading.Tasks.ValueTask{``0},Vireo.Remote.ReplyWriter{``0},Vireo.Remote.AnswerContext)",
    Justification = "Called beside its siblings, which are the session's.")]
