"""Teach the encoder plain language: questions of everyday words to the titles they ask for.

    python training/train.py --out src/paperbot/indexing/plain_language.safetensors

Reads `questions.tsv` beside it (title, kind, question; titles of public reading lists, none of
the lab's), trains a LoRA (Hu et al., 2021) over all-MiniLM-L6-v2 with sentence-transformers' own
trainer and peft, and writes the low-rank change alone: for each linear layer `NAME.A` and
`NAME.B`, float16, already scaled, so that the trained weight is `W + B @ A`. Needs what
paperbot's extra `training` names: `.venv/bin/pip install -e '.[training]'`.
"""

from __future__ import annotations

import argparse
import csv
import random
from pathlib import Path

import torch
from datasets import Dataset
from peft import LoraConfig, TaskType
from safetensors.torch import save_file
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.training_args import BatchSamplers

from paperbot.indexing.model import check_default, locate

HERE = Path(__file__).parent
MAX_TOKENS = 48  # titles and questions are shorter; attention cost is quadratic


def pairs(path: Path) -> Dataset:
    """Read (question, title) pairs in a fixed random order."""
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    random.Random(7).shuffle(rows)
    return Dataset.from_dict(
        {"anchor": [r["question"] for r in rows], "positive": [r["title"] for r in rows]}
    )


def train(
    data: Dataset, *, rank: int, epochs: float, rate: float, batch: int
) -> SentenceTransformer:
    """Train a LoRA on every linear layer of the encoder; embeddings stay as they are."""
    source = locate(None)
    check_default(source)
    model = SentenceTransformer(str(source.folder), device="cpu", local_files_only=True)
    model.max_seq_length = MAX_TOKENS
    model.add_adapter(
        LoraConfig(
            task_type=TaskType.FEATURE_EXTRACTION,
            r=rank,
            lora_alpha=2 * rank,
            lora_dropout=0.05,
            target_modules=["query", "key", "value", "dense"],
        )
    )
    SentenceTransformerTrainer(
        model=model,
        args=SentenceTransformerTrainingArguments(
            output_dir="/tmp/paperbot-training",  # noqa: S108 (nothing is kept there)
            num_train_epochs=epochs,
            per_device_train_batch_size=batch,
            learning_rate=rate,
            warmup_steps=20,
            lr_scheduler_type="linear",
            batch_sampler=BatchSamplers.NO_DUPLICATES,
            save_strategy="no",
            report_to="none",
            logging_steps=20,
            use_cpu=True,
            seed=7,
            disable_tqdm=True,
        ),
        train_dataset=data,
        loss=MultipleNegativesRankingLoss(model, scale=20.0),
    ).train()
    return model


def low_rank(model: SentenceTransformer, share: float) -> dict[str, torch.Tensor]:
    """Take the change out of a trained model: ``NAME.A`` (rank, in), ``NAME.B`` (out, rank).

    ``share`` (0 to 1) is how much of the change is kept.
    """
    change = {}
    for name, layer in model[0].auto_model.named_modules():
        if hasattr(layer, "lora_A") and "default" in layer.lora_A:
            change[f"{name}.A"] = layer.lora_A["default"].weight.detach().half().contiguous()
            scaled = layer.lora_B["default"].weight.detach() * layer.scaling["default"] * share
            change[f"{name}.B"] = scaled.half().contiguous()
    return change


def main() -> None:
    """Train and write the adapter."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--questions", type=Path, default=HERE / "questions.tsv")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--epochs", type=float, default=3)
    parser.add_argument("--rate", type=float, default=5e-4)
    # The full change favours meaning over names; .6 of it kept the exact names and gained on
    # paraphrases and kin (development half: .48 -> .50 and .53 -> .60).
    parser.add_argument("--share", type=float, default=0.6, help="share of the change to keep")
    parser.add_argument("--batch", type=int, default=64)
    args = parser.parse_args()
    model = train(
        pairs(args.questions), rank=args.rank, epochs=args.epochs, rate=args.rate, batch=args.batch
    )
    save_file(low_rank(model, args.share), args.out)
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
