#!/usr/bin/env bash
# A real Slurm of one node, with its own munge, keys and configuration, on this computer: the demo is
# trained through it, compared with a run here, and cancelled while it runs and while it waits.
# Needs root, and Debian's slurm-wlm and munge (apt-get install slurm-wlm munge). Ends by itself in
# some minutes, and stops what it started. Usage: benchmarks/slurm_node.sh [PYTHON] [IMAGES]
set -euo pipefail

python=${1:-python3}
images=${2:-120}
root=$(cd "$(dirname "$0")/.." && pwd)
export PYTHONPATH="$root${PYTHONPATH:+:$PYTHONPATH}" OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
for program in munged slurmctld slurmd sbatch; do
    command -v "$program" >/dev/null || { echo "no $program: apt-get install slurm-wlm munge"; exit 77; }
done
[ "$(id -u)" = 0 ] || { echo "needs root"; exit 77; }

dir=$(mktemp -d /tmp/qmix-slurm.XXXXXX)
there=$dir/there
pids=()
stop() {
    # a job outlives the daemons of its node
    if [ -e "$dir/slurm.conf" ]; then timeout 20 scancel --partition=qmix 2>/dev/null || true; sleep 2; fi
    # the newest first: a node before its controller, both before their keys
    for ((i = ${#pids[@]} - 1; i >= 0; i--)); do
        kill "${pids[i]}" 2>/dev/null || true
        wait "${pids[i]}" 2>/dev/null || true
    done
    if [ "${KEEP:-}" ]; then echo "kept: $dir"; else rm -rf "$dir"; fi
}
trap stop EXIT

fail() {
    echo "FAILED: $*"
    tail -n 5 "$dir"/*.log 2>/dev/null || true
    exit 1
}
qmix() { "$python" -P -m qmix_core "$@"; }
seconds() { date +%s.%N; }
since() { "$python" -c "import time; print(f'{time.time() - $1:.1f} s')"; }
until_true() { # SECONDS COMMAND...
    local end=$(($(date +%s) + $1))
    shift
    until "$@"; do
        [ "$(date +%s)" -lt "$end" ] || return 1
        sleep 0.2
    done
}

# -- Slurm ------------------------------------------------------------------------------------------
node=$(hostname -s)
read -r port_a port_b < <("$python" -c "
import socket
ends = [socket.create_server(('127.0.0.1', 0)) for _ in range(2)]
print(*(end.getsockname()[1] for end in ends))")
chmod 755 "$dir"
mkdir -m 700 "$dir/state" "$dir/spool" "$dir/munge"
mkdir -m 755 "$dir/socket"
head -c 1024 /dev/urandom >"$dir/munge/key"
chmod 400 "$dir/munge/key"
cat >"$dir/slurm.conf" <<END
ClusterName=qmix
SlurmctldHost=$node(127.0.0.1)
SlurmctldPort=$port_a
SlurmdPort=$port_b
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$dir/socket/munge
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.pid
SlurmctldLogFile=$dir/slurmctld.log
SlurmdLogFile=$dir/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
ReturnToService=2
SchedulerParameters=sched_interval=1,sched_min_interval=0
NodeName=$node NodeAddr=127.0.0.1 CPUs=$(nproc --all) State=UNKNOWN
PartitionName=qmix Nodes=$node Default=YES MaxTime=60 State=UP
END
echo "CgroupPlugin=cgroup/v1" >"$dir/cgroup.conf"
export SLURM_CONF=$dir/slurm.conf

munged -F -f --key-file="$dir/munge/key" --socket="$dir/socket/munge" --pid-file="$dir/munge/pid" \
    --log-file="$dir/munge/log" --seed-file="$dir/munge/seed" >"$dir/munged.log" 2>&1 &
pids+=($!)
until_true 60 test -S "$dir/socket/munge" || fail "munged does not start"
slurmctld -D >"$dir/slurmctld.out.log" 2>&1 &
pids+=($!)
slurmd -D -N "$node" >"$dir/slurmd.out.log" 2>&1 &
pids+=($!)
is_idle() { [ "$(sinfo -h -o %T 2>/dev/null)" = idle ]; }
until_true 120 is_idle || fail "the node does not come up: $(sinfo -h -o '%T %E' 2>&1)"
echo "Slurm: $(sinfo --version), node $node $(sinfo -h -o '%T, %c cores')"

# -- the scores of a run here ----------------------------------------------------------------------
has_no_jobs() { [ -z "$(squeue -h)" ]; }
nothing_is_left() { # PROJECT
    until_true 60 has_no_jobs || fail "a job is left: $(squeue -h)"
    [ ! -e "$there" ] || fail "files are left there: $(find "$there" | head -3)"
    [ -z "$(find "$1" -name remote.json)" ] || fail "the project still says that its run is there"
    "$python" - "$there" <<'END' || fail "a process is left"
import sys
import psutil
left = [p.pid for p in psutil.process_iter(["cmdline"])
        if sys.argv[1] in " ".join(p.info["cmdline"] or ()) and p.pid != psutil.Process().pid
        and p.info["cmdline"][1:2] != ["-"]]
sys.exit(bool(left))
END
}
qmix demo "$dir/demo" --images "$images" >/dev/null
began=$(seconds)
short=(--preset quick --epochs 4)
qmix train "$dir/demo" --project "$dir/here.qmix" "${short[@]}" >"$dir/here.log" 2>&1 || fail "the run here"
echo "a run here: $(since "$began")"
began=$(seconds)
qmix train "$dir/demo" --project "$dir/far.qmix" "${short[@]}" --runner srun:qmix \
    --remote-folder "$there" >"$dir/far.log" 2>&1 || fail "the run through Slurm"
echo "through Slurm: $(since "$began"); $(grep -o 'job [0-9]* of Slurm on [a-z]*' "$dir/far.log")"
nothing_is_left "$dir/far.qmix"
"$python" - "$dir" <<'END' || fail "the scores differ"
import sys
from pathlib import Path
import numpy as np
from qmix_core.project.store import ProjectStore
found = []
for name in ("here", "far"):
    with ProjectStore.open(Path(sys.argv[1], f"{name}.qmix")) as project:
        found.append(project.runs.results(1))
names = ("bucket", "suggested", "probability", "posterior", "error_score", "loss", "uncertainty")
same = [np.array_equal(getattr(found[0], name), getattr(found[1], name)) for name in names]
print(f"scores of {len(found[0].bucket)} images:", "equal, byte for byte" if all(same) else same)
sys.exit(not all(same))
END

# -- cancelled --------------------------------------------------------------------------------------
cancel_when() { # NAME COMMAND...: starts a long run, cancels it once the command is true
    local name=$1 code=0
    shift
    # exec: the signal is for the run and not for a shell around it
    (exec "$python" -P -m qmix_core train "$dir/demo" --project "$dir/$name.qmix" --preset quick \
        --epochs 400 --runner srun:qmix --remote-folder "$there" >"$dir/$name.log" 2>&1) &
    local run=$!
    until_true 300 "$@" || fail "the run does not come so far"
    began=$(seconds)
    kill -TERM "$run"
    wait "$run" || code=$?
    [ "$code" = 3 ] || fail "a cancelled run ends with $code: $(tail -n 1 "$dir/$name.log")"
    nothing_is_left "$dir/$name.qmix"
}
# the node itself tells this
trains() { grep -q 'embedding: [0-9]* done' "$dir/running.log" 2>/dev/null; }
cancel_when running trains
echo "cancelled while it ran: $(since "$began"), nothing is left on either side"
scontrol update PartitionName=qmix State=DOWN
waits() { [ "$(squeue -h -o %T 2>/dev/null)" = PENDING ]; }
cancel_when waiting waits
echo "cancelled while it waited: $(since "$began"), nothing is left on either side"
